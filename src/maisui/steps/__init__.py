"""What a transformation is: portable SQL that declares what it reads, writes, keeps and must not lose."""
