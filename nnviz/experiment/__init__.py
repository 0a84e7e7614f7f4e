"""What a person sets up: frozen values, and their way into files and out of them."""
