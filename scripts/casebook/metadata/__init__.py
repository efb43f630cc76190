"""What pages and files say of an item to other people's programs: citation managers, search engines, social networks.

Facts in, data out: `facts` is what all formats share, and each other module is one format. A function that needs
addresses is given `to`, which turns an address from the root of the site into the one that the reader needs.
"""
