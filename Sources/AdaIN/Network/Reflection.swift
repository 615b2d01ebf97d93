/// The index that reflection padding by one reads at `index`: −1 reads 1 and n reads n − 2, without
/// repeating the edge; an axis of length 1 repeats its only element.
///
/// Indices beyond the padding, which only clipped parts of a tile see, read what n reads.
package func reflected(_ index: Int, _ count: Int) -> Int {
  if count == 1 { return 0 }
  if index < 0 { return 1 }
  return index < count ? index : count - 2
}

/// The index that `numpy.pad(mode: "reflect")` reads at `index` ≥ 0, however far beyond the end:
/// it bounces between both ends. An axis of length 1 repeats its only element.
func bounced(_ index: Int, _ count: Int) -> Int {
  if count == 1 { return 0 }
  let period = 2 * (count - 1)
  let phase = index % period
  return phase < count ? phase : period - phase
}

/// The next multiple of 8, the picture's size on which the network works: three poolings.
func extended(_ count: Int) -> Int { (count + 7) / 8 * 8 }
