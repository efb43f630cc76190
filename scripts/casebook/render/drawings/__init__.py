"""Drawings made at build time: they share palette and type of the page, link to what they show, and have words beside.

Each is a function of the library that returns markup with everything escaped.
"""
