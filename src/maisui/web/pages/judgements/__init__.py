"""The page of judgements: what people who know a customer judge otherwise than model or rule."""
