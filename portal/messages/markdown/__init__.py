"""The platform's small markdown: headings, lists, insets, rules, links, paragraphs.

`blocks` reads escaped text into a `document`, with `lists` and `definitions`, and `spans`
what stands in a line; `html`, `letter` and `plain` write them. No emphasis, code, tables
or images; nothing here escapes HTML, so the text has to be escaped before.
"""
