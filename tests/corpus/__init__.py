"""Small records with invented parties, one for each rule of the model, and what each must answer."""
