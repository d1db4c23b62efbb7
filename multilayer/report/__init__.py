"""A certificate as one HTML page that can be read, printed and passed on: `multilayer report`.

certificate_report  what a certificate says, as plain values, after the checker has accepted it
network_drawing     a network as SVG, with the size of every weight
sections            the values as pieces of HTML
page_text           the pieces in the template `page.html`, with the explorer inside
"""
