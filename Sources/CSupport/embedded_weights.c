#include "csupport.h"

/* Aligned so that tensors, which safetensors aligns within the file, are aligned here. */
_Alignas(64) static const unsigned char weights[] = {
#embed "../../weights/adain-vgg16.safetensors"
};

_Alignas(64) static const unsigned char fast_weights[] = {
#embed "../../weights/adain-vgg16-fast.safetensors"
};

const void *
csupport_embedded_weights (size_t *size)
{
  *size = sizeof weights;
  return weights;
}

const void *
csupport_embedded_fast_weights (size_t *size)
{
  *size = sizeof fast_weights;
  return fast_weights;
}
