"""Write a C header that holds every call to what adain.h says of it.

    python3 claimed_statuses.py include/adain.h > claimed.h
    cc -include claimed.h ...

A function whose comment lists the statuses that it returns becomes a macro of its name, which calls it and ends
the process, with a sentence, at a status that is not in the list.
"""

import re
import sys

COMMENT = re.compile(r"/\*\*(?P<text>.*?)\*/\s*adain_status (?P<name>adain_\w+) \(", re.S)
STATUS = re.compile(r"#(ADAIN_OK|ADAIN_ERROR_\w+)")
AS_ANOTHER = re.compile(r"as (adain_\w+)\(\)")

HEAD = """/* Written by Tests/Support/claimed_statuses.py. */
#ifndef CLAIMED_H
#define CLAIMED_H
#include <stdio.h>
#include <stdlib.h>
#include <adain.h>
static inline adain_status
claimed (const char *function, unsigned statuses, adain_status status)
{
  if (!(statuses >> status & 1)) {
    fprintf (stderr, "%s: returned '%s', which adain.h does not say of it: %s\\n", function,
             adain_status_name (status), adain_last_error ());
    abort ();
  }
  return status;
}
"""


def claims(header):
    """Each function with its statuses, as in the header."""
    found = {}
    for match in COMMENT.finditer(header):
        # The last comment before the declaration.
        said = re.sub(r"\s*\n \*\s*", " ", match["text"].rpartition("/**")[2].partition("@return")[2])
        said = said.partition("@")[0]
        another = AS_ANOTHER.match(said.strip())
        statuses = set(STATUS.findall(said))
        found[match["name"]] = found[another[1]] - statuses if another else statuses
    return found


def main():
    with open(sys.argv[1]) as file:
        header = file.read()
    found = claims(header)
    declared = set(re.findall(r"^adain_status (adain_\w+) \(", header, re.M))
    silent = sorted(declared - {name for name, statuses in found.items() if "ADAIN_OK" in statuses})
    if silent:
        sys.exit(f"no list of statuses: {', '.join(silent)}")
    print(HEAD)
    for name, statuses in found.items():
        mask = " | ".join(f"1u << {status}" for status in sorted(statuses))
        print(f'#define {name}(...) claimed ("{name}", {mask}, {name} (__VA_ARGS__))')
    print("#endif")


main()
