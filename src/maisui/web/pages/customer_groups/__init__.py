"""The pages of customer groups: the list, the builder, one group with its six views."""
