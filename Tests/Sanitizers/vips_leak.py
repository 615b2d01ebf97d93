"""Libvips' own account of what a program did not free, for every `vips` and `adain` that tests run.

    pytest -p vips_leak …             the tests as they are; a run that leaks fails its test
    python vips_leak.py COMMAND …     one command

With VIPS_LEAK=1 a program that uses libvips ends with that account on standard error. Here it is taken
off again, so that tests of sentences see theirs alone.
"""

import functools
import os
import re
import subprocess
import sys

import pytest

# It begins with the objects, if there are any, and always has the most memory ever held. Behind it is
# the text of an error, which whoever failed has left there: no leak.
ACCOUNT = re.compile(
    rb"^(?P<leaks>(?:\d+ objects alive:\n.*?)?(?:memory: \d+ allocations.*?)?(?:files: \d+ open\n)?)"
    rb"memory: high-water mark [^\n]*\n(?:error buffer: .*)?\Z",
    re.DOTALL | re.MULTILINE,
)
# And on standard output, of all places:
THREADS = re.compile(rb"vips_threadset_free: peak of \d+ threads\n\Z")
run = subprocess.run
accounts = 0


def checked(command, **options):
    """subprocess.run of a program that uses libvips, with standard error captured, as bytes or text."""
    global accounts
    environment = {**(options.pop("env", None) or os.environ), "VIPS_LEAK": "1"}
    result = run(command, env=environment, **options)
    error = as_bytes(result.stderr)
    account = ACCOUNT.search(error)
    # A program that a signal ended gives none, nor does `vips` that only lists or explains.
    explains = os.path.basename(command[0]) == "vips" and len(command) <= 2
    assert account or result.returncode < 0 or explains, f"{command}: no account of leaks:\n{error.decode()}"
    if account:
        accounts += 1
        leaks = account["leaks"].decode()
        assert not leaks, f"{command}: leaks:\n{leaks}"
        result.stderr = like(result.stderr, error[: account.start()])
    if result.stdout is not None:
        result.stdout = like(result.stdout, THREADS.sub(b"", as_bytes(result.stdout)))
    return result


def as_bytes(output):
    return output.encode() if isinstance(output, str) else output


def like(original, output):
    return output.decode() if isinstance(original, str) else output


@functools.wraps(run)
def run_checked(command, *arguments, **options):
    captured = options.get("capture_output") or options.get("stderr") == subprocess.PIPE
    if captured and os.path.basename(command[0]) in ("vips", "adain"):
        return checked(command, *arguments, **options)
    return run(command, *arguments, **options)


def pytest_configure():
    subprocess.run = run_checked


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter):
    terminalreporter.write_line(f"{accounts} runs gave account of their leaks")


def pytest_sessionfinish(session):
    if accounts == 0:
        session.exitstatus = 1


if __name__ == "__main__":
    try:
        sys.exit(checked(sys.argv[1:], stderr=subprocess.PIPE).returncode)
    except AssertionError as error:
        sys.exit(str(error))
