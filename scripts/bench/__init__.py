"""What the Casebook costs and how well it answers, measured side by side with MkDocs and Material: `make bench`.

A tool to see with, and not a test. The items of the growing libraries are made up and the same on every run; the
questions are asked of the real library.
"""
