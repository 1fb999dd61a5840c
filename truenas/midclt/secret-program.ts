/**
 * Makes one call with the client library that every appliance has, for calls that carry a secret: it reads
 * `{method, params, job}` from standard input, `first` where another call makes what goes into `params`, and prints `{result}` or `{error: {errno, message, errors}}`, so that
 * nothing but this text shows in the process list. `errors` holds what validation says: attribute, message and errno.
 * Modules of the working directory are passed over, since it may run as root. Without single quotes, for the shell.
 */
export const SECRET_PROGRAM = `
import sys
sys.path[:] = [place for place in sys.path if place]
import errno, json

def name(error, code):
    known = getattr(error, "_get_errname", lambda code: None)
    return errno.errorcode.get(code) or (known(code) if isinstance(code, int) else None)

def told(error):
    if isinstance(error, (FileNotFoundError, ConnectionRefusedError)):
        return {"errno": None, "message": "Failed to run middleware call. Daemon not running?", "errors": []}
    errors = [[each[0], each[1], errno.errorcode.get(each[2])] for each in getattr(error, "errors", None) or []]
    message = getattr(error, "error", None) or f"{type(error).__name__}: {error}"
    return {"errno": name(error, getattr(error, "errno", None)), "message": str(message), "errors": errors}

def encoded(value):
    if hasattr(value, "timestamp"):
        return {"$date": int(value.timestamp()) * 1000}
    return sorted(value, key=str) if isinstance(value, (set, frozenset)) else str(value)

def complete(client, request):
    first = request.get("first")
    if first:
        place = request["params"]
        for step in first["into"][:-1]:
            place = place[step]
        place[first["into"][-1]] = client.call(first["method"], *first["params"])[first["take"]]

request = json.load(sys.stdin)
from truenas_api_client import Client
try:
    with Client() as client:
        complete(client, request)
        reply = {"result": client.call(request["method"], *request["params"], job=request["job"])}
except Exception as error:
    reply = {"error": told(error)}
print(json.dumps(reply, default=encoded))
`;
