"""Full-text search: what is indexed of releases and claims, what a person can ask, and how well an entry answers.

The index is a table of stemmed words (`entry`) that both databases index without knowing German. `words`, `ask`, `weigh` and
`marks` are pure; `keep` writes the table, `index` asks it, and `queries.hits` is the door to it.
"""
