// Convolutions of 3 × 3 with reflected borders, and their gradients, for training on processors whose
// torch computes them slowly: Winograd's F(4 × 4, 3 × 3) (A. Lavin, S. Gray: Fast Algorithms for
// Convolutional Neural Networks, CVPR 2016, arXiv:1509.09308), which needs a quarter of the products.
//
// A tile is 4 × 4 cells of the output, the patch beneath it 6 × 6 of the input. Patches become 36
// frequencies (B^T d B), each frequency is one product of matrices, tiles × channels, and A^T m A makes
// tiles of what comes out. Blocks of tiles stay in the cache from the first step to the last.
//
// Maps are (N, H, W, C), single precision; C a multiple of LANES, filters (K) one of PANEL. winograd.py
// pads what is not, and tells what each function is for.

#include <malloc.h>
#include <omp.h>
#include <torch/extension.h>

#include <algorithm>
#include <vector>

namespace {

#ifdef __AVX512F__
constexpr int LANES = 16, ROWS = 12; // of a register; tiles of a product's innermost block
#else
constexpr int LANES = 8, ROWS = 6;
#endif
constexpr int PANEL = 2 * LANES; // filters that the innermost block computes
constexpr int FREQUENCIES = 36, TILE = 4, PATCH = 6;
constexpr int BLOCK = 48; // tiles that a thread takes at a time, a multiple of ROWS; or twice that

typedef float Vector __attribute__ ((vector_size (LANES * 4), aligned (4), may_alias));
typedef int Lanes __attribute__ ((vector_size (LANES * 4)));

inline Vector
load (const float *from)
{
  return *reinterpret_cast<const Vector *> (from);
}
inline void
store (float *to, Vector values)
{
  *reinterpret_cast<Vector *> (to) = values;
}
inline Vector
positive (Vector values, Vector where)
{
  const Lanes mask = where > 0.0f;
  return reinterpret_cast<Vector> (reinterpret_cast<Lanes> (values) & mask);
}

// The three transforms in one direction: B^T d, A^T m, A y.
inline void
transform_patch (const Vector *d, Vector *to)
{
  const Vector a = d[4] - 4 * d[2], b = d[3] - 4 * d[1], c = d[4] - d[2], e = 2 * (d[3] - d[1]);
  to[0] = 4 * d[0] - 5 * d[2] + d[4];
  to[1] = a + b, to[2] = a - b, to[3] = c + e, to[4] = c - e;
  to[5] = 4 * d[1] - 5 * d[3] + d[5];
}
inline void
transform_tile (const Vector *m, Vector *to)
{
  const Vector a = m[1] + m[2], b = m[1] - m[2], c = m[3] + m[4], d = m[3] - m[4];
  to[0] = m[0] + a + c, to[1] = b + 2 * d, to[2] = a + 4 * c, to[3] = b + 8 * d + m[5];
}
inline void
transform_back (const Vector *y, Vector *to)
{
  const Vector a = y[0] + y[2], b = y[1] + y[3], c = y[0] + 4 * y[2], d = 2 * y[1] + 8 * y[3];
  to[0] = y[0], to[1] = a + b, to[2] = a - b, to[3] = c + d, to[4] = c - d, to[5] = y[3];
}

// A batch of maps and the tiles over it. `border` cells are added on each side: reflected ones for a
// convolution (1), zeros for its gradient (2), whose output is a cell larger on each side. Where `twice`
// is 1, every cell stands for 2 × 2.
struct Maps {
  int count, height, width, channels, border, twice, out_height, out_width, down, across;

  Maps (const torch::Tensor &maps, int border, int twice)
      : count (maps.size (0)), height (maps.size (1) << twice), width (maps.size (2) << twice),
        channels (maps.size (3)), border (border), twice (twice),
        out_height (height + 2 * border - 2), out_width (width + 2 * border - 2),
        down ((out_height + TILE - 1) / TILE), across ((out_width + TILE - 1) / TILE)
  {
  }

  int
  tiles () const
  {
    return count * down * across;
  }

  // The cell of a row or column of the padded maps; -1 where it is a zero.
  int
  cell (int index, int size) const
  {
    index -= border;
    if (border == 1) {
      index = std::min (std::abs (index), size); // further cells are of tiles cut off
      return std::min (index, 2 * size - 2 - index) >> twice;
    }
    return index < 0 || index >= size ? -1 : index;
  }
};

struct Tile {
  int map, row, column;
  Tile (const Maps &maps, int index)
      : map (index / (maps.down * maps.across)), row (index / maps.across % maps.down * TILE),
        column (index % maps.across * TILE)
  {
  }
};

int
block_of (int channels, int filters)
{
  return channels + filters <= 256 ? 2 * BLOCK : BLOCK;
}

// One frequency of a block's tiles, a line apart from the next: all 36 would share one set of the cache.
long
frequency_size (int tiles, int channels)
{
  return long (tiles) * channels + 16;
}

float *
scratch (size_t floats)
{
  static thread_local std::vector<float> memory;
  if (memory.size () < floats)
    memory.resize (floats);
  return memory.data ();
}

// The gradient that reaches a map before its ReLU: zero where the ReLU's `result` is.
struct Mask {
  const float *result;
  explicit Mask (const c10::optional<torch::Tensor> &tensor)
      : result (tensor ? tensor->data_ptr<float> () : nullptr)
  {
  }
  Vector
  apply (Vector gradient, long at) const
  {
    return result ? positive (gradient, load (result + at)) : gradient;
  }
};

void
patches (const float *from, Mask mask, const Maps &maps, int first, int tiles, int block, float *to)
{
  const int channels = maps.channels, height = maps.height >> maps.twice,
            width = maps.width >> maps.twice;
  const long size = frequency_size (block, channels);
  for (int t = 0; t < tiles; t++) {
    const Tile tile (maps, first + t);
    long rows[PATCH], columns[PATCH];
    for (int i = 0; i < PATCH; i++) {
      const int row = maps.cell (tile.row + i, maps.height),
                column = maps.cell (tile.column + i, maps.width);
      rows[i] = row < 0 ? -1 : (long (tile.map) * height + row) * width * channels;
      columns[i] = column < 0 ? -1 : long (column) * channels;
    }
    for (int c = 0; c < channels; c += LANES) {
      Vector half[PATCH][PATCH], line[PATCH], made[PATCH];
      for (int j = 0; j < PATCH; j++) {
        for (int i = 0; i < PATCH; i++) {
          const long at = rows[i] + columns[j] + c;
          line[i] = rows[i] < 0 || columns[j] < 0 ? Vector{} : mask.apply (load (from + at), at);
        }
        transform_patch (line, made);
        for (int i = 0; i < PATCH; i++)
          half[i][j] = made[i];
      }
      for (int i = 0; i < PATCH; i++) {
        transform_patch (half[i], made);
        for (int j = 0; j < PATCH; j++)
          store (to + (i * PATCH + j) * size + long (t) * channels + c, made[j]);
      }
    }
  }
}

// Where a tile's cells go. A gradient has a border, which reflection adds to cells further in, of other
// threads' tiles: it is put aside, two rows and two columns of each map, and added last.
struct Output {
  float *maps, *rows, *columns;
  const float *bias;
  bool relu;

  float *
  place (const Maps &m, int filters, int map, int row, int column) const
  {
    if (!rows)
      return maps + ((long (map) * m.out_height + row) * m.out_width + column) * filters;
    const bool last_row = row == m.out_height - 1, last_column = column == m.out_width - 1;
    if (row == 0 || last_row)
      return rows + ((long (map) * 2 + last_row) * m.out_width + column) * filters;
    if (column == 0 || last_column)
      return columns + ((long (map) * 2 + last_column) * m.out_height + row) * filters;
    return maps + ((long (map) * m.height + row - 1) * m.width + column - 1) * filters;
  }

  void
  add_border (const Maps &m, int filters) const
  {
    const auto add = [&] (float *to, const float *from) {
      for (int k = 0; k < filters; k++)
        to[k] += from[k];
    };
    for (int map = 0; map < m.count; map++)
      for (int last = 0; last < 2; last++) {
        float *const base = maps + long (map) * m.height * m.width * filters;
        const long row = last ? m.height - 2 : 1, column = last ? m.width - 2 : 1;
        for (int j = 0; j < m.out_width; j++) {
          const int to = j == 0 ? 1 : j == m.out_width - 1 ? m.width - 2 : j - 1;
          add (base + (row * m.width + to) * filters,
               place (m, filters, map, last ? m.out_height - 1 : 0, j));
        }
        for (int i = 1; i < m.out_height - 1; i++)
          add (base + ((i - 1L) * m.width + column) * filters,
               place (m, filters, map, i, last ? m.out_width - 1 : 0));
      }
  }
};

void
tiles_out (const float *from, const Maps &maps, int filters, int first, int tiles, int block,
           const Output &output)
{
  const long size = frequency_size (block, filters);
  for (int t = 0; t < tiles; t++) {
    const Tile tile (maps, first + t);
    for (int k = 0; k < filters; k += LANES) {
      Vector half[TILE][PATCH], line[PATCH], made[TILE];
      for (int j = 0; j < PATCH; j++) {
        for (int i = 0; i < PATCH; i++)
          line[i] = load (from + (i * PATCH + j) * size + long (t) * filters + k);
        transform_tile (line, made);
        for (int i = 0; i < TILE; i++)
          half[i][j] = made[i];
      }
      const Vector bias = output.bias ? load (output.bias + k) : Vector{};
      for (int i = 0; i < TILE && tile.row + i < maps.out_height; i++) {
        transform_tile (half[i], made);
        for (int j = 0; j < TILE && tile.column + j < maps.out_width; j++) {
          const Vector value = made[j] + bias;
          store (output.place (maps, filters, tile.map, tile.row + i, tile.column + j) + k,
                 output.relu ? positive (value, value) : value);
        }
      }
    }
  }
}

// Gradients of tiles to gradients of their frequencies; adds their sums, the bias's gradient, to `bias`.
void
tiles_back (const float *from, Mask mask, const Maps &maps, int filters, int first, int tiles,
            int block, float *to, float *bias)
{
  const long size = frequency_size (block, filters);
  for (int t = 0; t < tiles; t++) {
    const Tile tile (maps, first + t);
    for (int k = 0; k < filters; k += LANES) {
      Vector half[PATCH][TILE], line[TILE], made[PATCH], sum{};
      for (int j = 0; j < TILE; j++) {
        for (int i = 0; i < TILE; i++) {
          const int row = tile.row + i, column = tile.column + j;
          const long at
            = ((long (tile.map) * maps.height + row) * maps.width + column) * filters + k;
          const bool inside = row < maps.height && column < maps.width;
          line[i] = inside ? mask.apply (load (from + at), at) : Vector{};
          sum += line[i];
        }
        transform_back (line, made);
        for (int i = 0; i < PATCH; i++)
          half[i][j] = made[i];
      }
      store (bias + k, load (bias + k) + sum);
      for (int i = 0; i < PATCH; i++) {
        transform_back (half[i], made);
        for (int j = 0; j < PATCH; j++)
          store (to + (i * PATCH + j) * size + long (t) * filters + k, made[j]);
      }
    }
  }
}

// to (tiles × filters) = a (tiles × channels) × b; b in panels, (filters / PANEL, channels, PANEL).
void
multiply (const float *a, const float *b, float *to, int tiles, int channels, int filters)
{
  for (int k = 0; k < filters; k += PANEL) {
    const float *const panel = b + long (k) * channels;
    for (int t = 0; t < tiles; t += ROWS) {
      Vector sums[ROWS][2] = {};
      const float *const rows = a + long (t) * channels;
      for (int c = 0; c < channels; c++) {
        const Vector left = load (panel + c * PANEL), right = load (panel + c * PANEL + LANES);
#pragma GCC unroll 12
        for (int i = 0; i < ROWS; i++) {
          const float value = rows[long (i) * channels + c];
          sums[i][0] += value * left, sums[i][1] += value * right;
        }
      }
#pragma GCC unroll 12
      for (int i = 0; i < ROWS; i++) {
        store (to + long (t + i) * filters + k, sums[i][0]);
        store (to + long (t + i) * filters + k + LANES, sums[i][1]);
      }
    }
  }
}

// to (channels × filters) += a^T b, over tiles.
void
add_outer (const float *a, const float *b, float *to, int tiles, int channels, int filters)
{
  constexpr int HEIGHT = 4;
  for (int c = 0; c < channels; c += HEIGHT)
    for (int k = 0; k < filters; k += PANEL) {
      Vector sums[HEIGHT][2];
      for (int i = 0; i < HEIGHT; i++)
        for (int j = 0; j < 2; j++)
          sums[i][j] = load (to + long (c + i) * filters + k + j * LANES);
      for (int t = 0; t < tiles; t++) {
        const Vector left = load (b + long (t) * filters + k),
                     right = load (b + long (t) * filters + k + LANES);
#pragma GCC unroll 4
        for (int i = 0; i < HEIGHT; i++) {
          const float value = a[long (t) * channels + c + i];
          sums[i][0] += value * left, sums[i][1] += value * right;
        }
      }
      for (int i = 0; i < HEIGHT; i++)
        for (int j = 0; j < 2; j++)
          store (to + long (c + i) * filters + k + j * LANES, sums[i][j]);
    }
}

void
check (const torch::Tensor &maps)
{
  TORCH_CHECK (maps.dim () == 4 && maps.is_contiguous () && maps.scalar_type () == torch::kFloat);
  TORCH_CHECK (maps.size (3) % LANES == 0 && maps.size (1) >= 2 && maps.size (2) >= 2);
}

torch::Tensor
convolve (torch::Tensor maps, torch::Tensor panels, c10::optional<torch::Tensor> bias, bool relu,
          int64_t filters, bool gradient, c10::optional<torch::Tensor> mask, int64_t twice)
{
  check (maps);
  const Maps m (maps, gradient ? 2 : 1, twice);
  auto made = torch::empty ({ m.count, m.height, m.width, filters });
  torch::Tensor aside;
  Output output{ made.data_ptr<float> (), nullptr, nullptr,
                 bias ? bias->data_ptr<float> () : nullptr, relu };
  if (gradient) {
    aside = torch::empty ({ 2 * m.count * (m.out_height + m.out_width) * filters });
    output.rows = aside.data_ptr<float> ();
    output.columns = output.rows + 2L * m.count * m.out_width * filters;
  }
  const int channels = m.channels, block = block_of (channels, filters), tiles = m.tiles ();
  const long size = frequency_size (block, channels), size_out = frequency_size (block, filters);
  const float *const from = maps.data_ptr<float> (), *const weights = panels.data_ptr<float> ();
#pragma omp parallel for schedule(dynamic) num_threads(at::get_num_threads())
  for (int first = 0; first < tiles; first += block) {
    float *const in = scratch (FREQUENCIES * (size + size_out)),
                 *const out = in + FREQUENCIES * size;
    const int count = std::min (block, tiles - first);
    patches (from, Mask (mask), m, first, count, block, in);
    for (int f = 0; f < FREQUENCIES; f++)
      multiply (in + f * size, weights + long (f) * channels * filters, out + f * size_out,
                (count + ROWS - 1) / ROWS * ROWS, channels, filters);
    tiles_out (out, m, filters, first, count, block, output);
  }
  if (gradient)
    output.add_border (m, filters);
  return made;
}

std::vector<torch::Tensor>
weight_gradient (torch::Tensor maps, torch::Tensor gradient, c10::optional<torch::Tensor> mask,
                 int64_t twice)
{
  check (maps), check (gradient);
  const Maps m (maps, 1, twice);
  const int channels = m.channels, filters = gradient.size (3), tiles = m.tiles ();
  const int block = 2 * block_of (channels, filters), threads = at::get_num_threads ();
  const long size = frequency_size (block, channels), size_out = frequency_size (block, filters);
  auto weights = torch::zeros ({ threads, FREQUENCIES, channels, filters }),
       bias = torch::zeros ({ threads, filters });
  const float *const from = maps.data_ptr<float> (), *const back = gradient.data_ptr<float> ();
  float *const sums = weights.data_ptr<float> (), *const bias_sums = bias.data_ptr<float> ();
#pragma omp parallel for schedule(dynamic) num_threads(threads)
  for (int first = 0; first < tiles; first += block) {
    float *const in = scratch (FREQUENCIES * (size + size_out)),
                 *const out = in + FREQUENCIES * size;
    const int count = std::min (block, tiles - first), thread = omp_get_thread_num ();
    patches (from, Mask (c10::nullopt), m, first, count, block, in);
    tiles_back (back, Mask (mask), m, filters, first, count, block, out,
                bias_sums + long (thread) * filters);
    for (int f = 0; f < FREQUENCIES; f++)
      add_outer (in + f * size, out + f * size_out,
                 sums + (long (thread) * FREQUENCIES + f) * channels * filters, count, channels,
                 filters);
  }
  return { weights.sum (0), bias.sum (0) };
}

} // namespace

PYBIND11_MODULE (TORCH_EXTENSION_NAME, module)
{
  // Maps are hundreds of megabytes a step: memory that goes back to the system each time comes again
  // as empty pages, which took a third of the time.
  mallopt (M_MMAP_MAX, 0), mallopt (M_TRIM_THRESHOLD, -1), mallopt (M_TOP_PAD, 1 << 28);
  module.attr ("LANES") = LANES;
  module.attr ("PANEL") = PANEL;
  module.def ("convolve", &convolve);
  module.def ("weight_gradient", &weight_gradient);
}
