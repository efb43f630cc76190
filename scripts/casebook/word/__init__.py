"""Microsoft Word as a way to contribute: a template for each kind of item, and the way back from a filled one.

The template and the reader share one `Form`, made from the schema. The reader goes by headings and by labels in the
left column, because they are what survives in every program that opens a `.docx`.
"""
