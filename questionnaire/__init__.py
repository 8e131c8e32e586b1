"""Compares call-centre providers by their answers, before one is trusted with customers."""
