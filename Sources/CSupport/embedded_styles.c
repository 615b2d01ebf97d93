#include "csupport.h"

static const unsigned char styles[] = {
#embed "../../weights/styles/styles.bin"
};

static const unsigned char fast_styles[] = {
#embed "../../weights/styles/styles-fast.bin"
};

static const unsigned char catalogue[] = {
#embed "../../weights/styles/catalogue.json"
};

const void *
csupport_embedded_styles (size_t *size)
{
  *size = sizeof styles;
  return styles;
}

const void *
csupport_embedded_fast_styles (size_t *size)
{
  *size = sizeof fast_styles;
  return fast_styles;
}

const void *
csupport_embedded_catalogue (size_t *size)
{
  *size = sizeof catalogue;
  return catalogue;
}
