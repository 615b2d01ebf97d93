#ifndef OPTIONS_H
#define OPTIONS_H

/* Hear GLib's warnings of options that are out of range; once, at the start of the process. */
void options_start (void);

#endif
