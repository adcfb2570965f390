"""HTML of previews in the neutral form of the recorded cases: `[tag, text, attrs, children]`."""

from __future__ import annotations

import re
from html.parser import HTMLParser

VOID = {"br", "hr"}
BLOCKS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "hr"}
_SPACE = re.compile(r"[ \t\n]+")


class _Tree(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = ["", {}, []]
        self._open = [self.root]

    def handle_starttag(self, tag, attrs):
        node = [tag, dict(attrs), []]
        self._open[-1][2].append(node)
        if tag not in VOID:
            self._open.append(node)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self._open.pop()

    def handle_data(self, data):
        self._open[-1][2].append(data)


def nodes_of(html):
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return _children(tree.root[2], at_edge=True)


def _text(node):
    if isinstance(node, str):
        return node
    return "".join(_text(child) for child in node[2])


def _mark(node):
    """A highlighted field, by its name."""
    classes = node[1].get("class", "")
    if "hidden" in classes:
        return [["hidden", "", {}, []]]
    words = _text(node).removeprefix("((").removesuffix("))")
    if "conditional" not in classes:
        return [["placeholder", words, {}, []]]
    return [["conditional", words.removesuffix("??"), {}, []]]


def _qr_code(node):
    children = _children(node[2], at_edge=True)
    if any(child[0] in ("placeholder", "conditional", "hidden") for child in children):
        return ["qrplaceholder", "", {}, children]
    return ["qr", _text(node), {}, []]


def _children(nodes, *, at_edge):
    return _with_tidy_text(_joined(_flattened(nodes)), at_edge)


def _flattened(nodes):
    flat = []
    for node in nodes:
        if isinstance(node, str):
            flat.append(node)
        elif node[0] == "mark":
            flat += _mark(node)
        elif node[0] == "div":
            flat += _flattened(node[2])
        elif node[1].get("class") == "qr-code":
            flat.append(_qr_code(node))
        else:
            flat.append(_node(node))
    return flat


def _joined(items):
    found = []
    for item in items:
        if isinstance(item, str) and found and isinstance(found[-1], str):
            found[-1] += item
        else:
            found.append(item)
    return found


def _with_tidy_text(items, at_edge):
    result = []
    for place, item in enumerate(items):
        if not isinstance(item, str):
            result.append(item)
            continue
        text = _SPACE.sub(" ", item)
        if place == 0 and at_edge or place and _breaks(items[place - 1]):
            text = text.lstrip(" ")
        last = place == len(items) - 1
        if last and at_edge or not last and _breaks(items[place + 1]):
            text = text.rstrip(" ")
        if text:
            result.append(["#text", text, {}, []])
    return result


def _breaks(item):
    return not isinstance(item, str) and item[0] in BLOCKS | {"br"}


def _node(node):
    tag, attrs, inner = node
    kept = {name: attrs[name] for name in ("href", "start") if name in attrs}
    if tag in VOID:
        return [tag, "", {}, []]
    children = _children(inner, at_edge=tag in BLOCKS)
    if len(children) == 1 and children[0][0] == "#text":
        return [tag, children[0][1], kept, []]
    return [tag, "", kept, children]
