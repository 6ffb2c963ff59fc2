"""Where we are: configuration, texts, the public record and the networks allowed. Importing the package itself is free."""
