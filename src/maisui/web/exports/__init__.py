"""What leaves the system as a file: workbooks made from answers, at once or as a background job."""
