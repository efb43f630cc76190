"""What an editor shows while an item is being written: where the cursor stands, what may follow, and what is meant.

Everything here is a function of the text and of what is known of the other items. Lines and columns are counted from 0
and in characters; the door turns them into what the protocol counts.
"""
