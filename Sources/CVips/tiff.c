/* Whether a TIFF is all there. libtiff ends its list of pages, without a word, where the next one's place is beyond
 * the file's end, as it is when the file was cut off. */
#include <stdio.h>

#include "cvips.h"
#include "vips-adain.h"

/* More pages than this are not walked over. */
enum { MOST_PAGES = 1 << 20 };

typedef struct {
  FILE *file;
  gboolean big_endian;
} Reader;

/* A number of so many bytes, 2, 4 or 8; FALSE where the file ends before. */
static gboolean
read_number (Reader *reader, int size, guint64 *number)
{
  unsigned char bytes[8];

  if (fread (bytes, 1, size, reader->file) != (size_t) size)
    return FALSE;
  *number = 0;
  for (int i = 0; i < size; i++)
    *number = *number << 8 | bytes[reader->big_endian ? i : size - 1 - i];

  return TRUE;
}

int
cvips_tiff_is_whole (const char *path)
{
  Reader reader = { fopen (path, "rbe"), FALSE };
  unsigned char order[2];
  guint64 version, place;
  gboolean whole = FALSE;

  if (!reader.file)
    return 1; /* whoever opens it says why */
  if (fread (order, 1, 2, reader.file) != 2)
    goto out;
  reader.big_endian = order[0] == 'M';
  if (!read_number (&reader, 2, &version))
    goto out;

  /* BigTIFF has numbers of twice the size. */
  gboolean big = version == 43;
  int offset = big ? 8 : 4, count = big ? 8 : 2, entry = big ? 20 : 12;

  if (big && fseek (reader.file, 4, SEEK_CUR))
    goto out;
  if (!read_number (&reader, offset, &place))
    goto out;
  for (int page = 0; place != 0 && page < MOST_PAGES; page++) {
    guint64 entries;

    if (place > G_MAXINT64 || fseeko (reader.file, (off_t) place, SEEK_SET)
        || !read_number (&reader, count, &entries) || entries > G_MAXUINT16
        || fseeko (reader.file, (off_t) entries * entry, SEEK_CUR)
        || !read_number (&reader, offset, &place))
      goto out;
  }
  whole = TRUE;

out:
  fclose (reader.file);
  return whole;
}
