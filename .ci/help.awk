# `make help`: each target that has a line of two #s above it.
/^## / { text = substr($0, 4); next }
text && /^[a-z]/ { sub(/:.*/, ""); printf "make %-20s %s\n", $0, text; text = "" }
