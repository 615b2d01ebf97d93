/* Stylise a photograph from C++17, with no other library: handles are owned by std::unique_ptr, and
 * failures are exceptions that carry the library's sentence.
 *
 *     c++ -std=c++17 stylise.cpp $(pkg-config --cflags --libs adain) -o stylise
 *     ./stylise photograph.ppm painting.ppm result.ppm [STRENGTH]
 *
 * Pictures are binary PPM files (P6, 8 bits), which `vips copy`, ImageMagick and ffmpeg write.
 */
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include <adain.h>

namespace adain {

/* A failed call. The sentence belongs to the calling thread, so it is copied at once. */
class Error : public std::runtime_error {
public:
  explicit Error (adain_status status) : std::runtime_error (adain_last_error ()), status_ (status)
  {
  }

  adain_status
  status () const noexcept
  {
    return status_;
  }

private:
  adain_status status_;
};

inline void
check (adain_status status)
{
  if (status != ADAIN_OK)
    throw Error (status);
}

/* A deleter made of the function that gives a reference back. */
template <auto unref> struct Unref {
  template <typename Handle>
  void
  operator() (Handle *handle) const noexcept
  {
    unref (handle);
  }
};

using Model = std::unique_ptr<adain_model, Unref<adain_model_unref>>;
using Style = std::unique_ptr<adain_style, Unref<adain_style_unref>>;

inline Model
embedded_model ()
{
  adain_model *model = nullptr;
  check (adain_model_embedded (&model));
  return Model (model);
}

inline Style
style_of (const Model &model, const adain_pixels &painting)
{
  adain_style *style = nullptr;
  check (adain_style_from_pixels (model.get (), &painting, nullptr, &style));
  return Style (style);
}

} // namespace adain

namespace {

struct Picture {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::vector<std::uint8_t> samples; /* height x width x RGB */

  /* Valid as long as the picture is neither moved nor resized. The library writes only to results. */
  adain_pixels
  view ()
  {
    return { samples.data (), 0, width, height, ADAIN_FORMAT_U8, 3 };
  }
};

/* A number of the header, behind white space and comments; 0 when there is none. */
std::uint32_t
read_number (std::istream &file)
{
  std::uint32_t number = 0;

  while ((file >> std::ws).peek () == '#')
    file.ignore (std::numeric_limits<std::streamsize>::max (), '\n');
  return file >> number && number < 10000000 ? number : 0;
}

Picture
read_ppm (const std::string &name)
{
  std::ifstream file (name, std::ios::binary);
  Picture picture;

  if (!file)
    throw std::runtime_error (name + ": cannot be opened");
  if (file.get () != 'P' || file.get () != '6')
    throw std::runtime_error (name + ": not a binary PPM file");
  picture.width = read_number (file);
  picture.height = read_number (file);
  if (!picture.width || !picture.height || read_number (file) != 255)
    throw std::runtime_error (name + ": not an 8-bit PPM file");
  file.get (); /* the one white space before the pixels */
  picture.samples.resize (std::size_t{ picture.width } * picture.height * 3);
  if (!file.read (reinterpret_cast<char *> (picture.samples.data ()),
                  static_cast<std::streamsize> (picture.samples.size ())))
    throw std::runtime_error (name + ": ends before its last pixel");

  return picture;
}

void
write_ppm (const std::string &name, const Picture &picture)
{
  std::ofstream file (name, std::ios::binary);

  file << "P6\n" << picture.width << ' ' << picture.height << "\n255\n";
  file.write (reinterpret_cast<const char *> (picture.samples.data ()),
              static_cast<std::streamsize> (picture.samples.size ()));
  file.close ();
  if (!file)
    throw std::runtime_error (name + ": cannot be written");
}

float
number (const std::string &text)
{
  std::size_t end = 0;
  float value = 0;

  try {
    value = std::stof (text, &end);
  } catch (const std::logic_error &) {
    /* Not a number, or one that no float holds: end is 0. */
  }
  if (end == 0 || end != text.size ())
    throw std::runtime_error (text + ": not a number");
  return value;
}

} // namespace

int
main (int argc, char **argv)
try {
  adain_options options = ADAIN_OPTIONS_INIT;

  if (argc != 4 && argc != 5) {
    std::fputs ("usage: stylise PHOTOGRAPH PAINTING RESULT [STRENGTH]\n", stderr);
    return 2;
  }
  if (argc == 5)
    options.strength = number (argv[4]);
  Picture photograph = read_ppm (argv[1]);
  Picture painting = read_ppm (argv[2]);

  const adain::Model model = adain::embedded_model ();
  const adain::Style style = adain::style_of (model, painting.view ());
  const adain_pixels pixels = photograph.view ();
  /* The result may take the photograph's place. */
  adain::check (adain_stylise (model.get (), &pixels, style.get (), &options, &pixels));
  write_ppm (argv[3], photograph);

  return 0;
} catch (const adain::Error &error) {
  std::fprintf (stderr, "stylise: adain: %s\n", error.what ());
  return 1;
} catch (const std::bad_alloc &) {
  std::fputs ("stylise: too large for the memory\n", stderr);
  return 1;
} catch (const std::exception &error) {
  std::fprintf (stderr, "stylise: %s\n", error.what ());
  return 1;
}
