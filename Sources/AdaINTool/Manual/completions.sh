#!/bin/sh
# Write the completions of the tool $1 for bash, zsh and fish into the folder $2.
#
# The main command takes any number of inputs, so the scripts as they are generated take a
# subcommand for one of them: bash and zsh are sent to the subcommand's own function first. And
# bash's names an interpreter, though it is read by the shell itself.
set -eu
tool=$1
folder=$2
commands=$("$tool" --generate-completion-script bash |
  sed -n '/^_adain()/,/^}/s/^    \(style|.*\))$/\1/p')

"$tool" --generate-completion-script bash | awk -v commands="$commands" '
  BEGIN { words = commands; gsub(/\|/, " ", words) }
  NR == 1 && /^#!/ { next }
  { print }
  /^_adain\(\)/ { inside = 1 }
  inside && /unparsed_words=\("\$\{COMP_WORDS/ {
    print "    case \"${unparsed_words[0]}\" in"
    print "    " commands ")"
    print "        if [[ \"${COMP_CWORD}\" -gt 1 ]]; then"
    print "            local -r subcommand=\"${unparsed_words[0]}\""
    print "            unparsed_words=(\"${unparsed_words[@]:1}\")"
    print "            \"_adain_${subcommand}\""
    print "            return"
    print "        fi"
    print "        ;;"
    print "    esac"
    print "    if [[ \"${COMP_CWORD}\" -eq 1 ]]; then"
    print "        COMPREPLY+=($(compgen -W \"" words "\" -- \"${cur}\"))"
    print "    fi"
    inside = 0
  }' > "$folder/adain.bash"

"$tool" --generate-completion-script zsh | awk -v commands="$commands" '
  { print }
  /^_adain\(\)/ {
    print "    if (( CURRENT > 2 )) && [[ \"${words[2]}\" == (" commands ") ]]; then"
    print "        shift words"
    print "        (( CURRENT-- ))"
    print "        \"_adain_${words[1]}\""
    print "        return"
    print "    fi"
  }' > "$folder/adain.zsh"

"$tool" --generate-completion-script fish > "$folder/adain.fish"
