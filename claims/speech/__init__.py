"""Who says a sentence: names, the people of a release, and whose quotation or report a sentence stands in."""
