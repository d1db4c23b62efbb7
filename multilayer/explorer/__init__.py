"""The explorer: one standalone page in which an arrangement, a network or a certified optimum can be taken in hand.

`page_text` puts a content (plain JSON) and the page's own code into one file of HTML, which works without a network.
The code is in the folder `page/`: `core/` counts exactly in integers and knows no page, `model/` holds the state and
what follows from it, `views/` draws it, one picture a module, and `ui/` has everything that is not a picture.
"""
