"""How a driver talks with the matrix: JSON lines out, one line in for each visit."""

import json
from urllib.parse import parse_qsl, urlsplit


def visit(url):
    """Sends the person somewhere and gives the parameters of the address that they came back to."""
    print(json.dumps({"visit": url}), flush=True)
    return dict(parse_qsl(urlsplit(input()).query))


class Refused(Exception):
    """What a library returns in place of raising: the error and its description."""


def perform(flow):
    """Runs the flow and tells what came of it: its value, or the error's names."""
    try:
        outcome = {"ok": flow()}
    except Refused as refused:
        name, message = refused.args
        outcome = {"error": {"name": name, "message": message}}
    except Exception as error:  # whatever the library raises is what the matrix is about
        outcome = {"error": {"name": type(error).__name__, "message": str(error)}}
    print(json.dumps({"result": outcome}), flush=True)
