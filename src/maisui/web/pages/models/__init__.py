"""The model desk: trained models with their cards, and which of them two people have put into use."""
