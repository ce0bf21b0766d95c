"""The pictures of what is known from outside: surveys, published series, studies."""
