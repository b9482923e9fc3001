"""What a telephone number looks like: a mobile, a fixed line with its area, or one without."""

PHONE_FORM = "^(1[0-9]{10}|0[0-9]{2,3}-?[0-9]{7,8}|[2-9][0-9]{6,7})$"
