"""Stands in for the library of an appliance: raises and returns as it does, by the name of the method."""
import datetime
import errno


class ClientException(Exception):
    ENOTAUTHENTICATED = 207

    def __init__(self, error, errno=None):
        self.error = error
        self.errno = errno

    @classmethod
    def _get_errname(cls, code):
        return "ENOTAUTHENTICATED" if code == cls.ENOTAUTHENTICATED else None

    def __str__(self):
        return self.error


class ValidationErrors(ClientException):
    def __init__(self, errors):
        self.errors = errors
        super().__init__("\n".join(f"[EINVAL] {attribute}: {said}" for attribute, said, _ in errors))


class Client:
    def __enter__(self):
        return self

    def __exit__(self, *raised):
        return None

    def call(self, method, *params, job=False):
        return getattr(self, method.replace(".", "_"))(*params, job=job)

    def test_echo(self, *params, job):
        return {"params": list(params), "job": job}

    def test_text(self, job):
        return "f\u00fcr"

    def test_flag(self, job):
        return True

    def test_date(self, job):
        return {"at": datetime.datetime(2026, 1, 2, 3, 4, 5, 678000, datetime.timezone.utc), "set": {"b", "a"}}

    def test_invalid(self, job):
        raise ValidationErrors([["data.name", "Field required", errno.EINVAL], [None, "gone", errno.ENOENT], ["x", "y", 207]])

    def test_refused(self, job):
        raise ClientException("[EBUSY] pool or dataset is busy", errno.EBUSY)

    def test_stranger(self, job):
        raise ClientException("[ENOTAUTHENTICATED] Not authenticated", 207)

    def test_unknown(self, job):
        raise ClientException("Method does not exist")

    def test_timeout(self, job):
        raise ClientException("Call timeout", errno.ETIMEDOUT)

    def test_down(self, job):
        raise FileNotFoundError(errno.ENOENT, "No such file or directory")

    def test_bug(self, job):
        raise KeyError("oops")
