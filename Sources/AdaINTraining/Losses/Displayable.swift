/// Clamped to [0, 1], as every picture is that is written: the losses are of what is seen.
enum Displayable {
  static func clamp(_ pictures: PictureBatch, into result: PictureBatch) {
    for picture in 0..<pictures.count {
      for y in 0..<pictures.height {
        let (from, to) = (pictures.row(picture, y), result.row(picture, y))
        for i in 0..<3 * pictures.width { to[i] = min(max(from[i], 0), 1) }
      }
    }
  }

  /// A pixel outside keeps the gradient that leads it back and loses the one that leads it further out, where
  /// a plain clamp would leave it without any.
  static func adjoint(_ pictures: PictureBatch, _ gradient: PictureBatch) {
    for picture in 0..<pictures.count {
      for y in 0..<pictures.height {
        let (values, line) = (pictures.row(picture, y), gradient.row(picture, y))
        for i in 0..<3 * pictures.width {
          let outside = values[i] - min(max(values[i], 0), 1)
          if line[i] * outside < 0 { line[i] = 0 }
        }
      }
    }
  }
}

/// A picture moved down and right; what comes in at the edges is mirrored.
struct Shift {
  var down: Int
  var right: Int

  func apply(_ pictures: PictureBatch, into result: PictureBatch, _ picture: Int) {
    for y in 0..<pictures.height {
      let (from, to) = (pictures.row(picture, abs(y - down)), result.row(picture, y))
      for x in 0..<pictures.width {
        for colour in 0..<3 { to[3 * x + colour] = from[3 * abs(x - right) + colour] }
      }
    }
  }

  /// Adds the moved picture's gradient to the picture's.
  func addAdjoint(_ moved: PictureBatch, to gradient: PictureBatch, _ picture: Int) {
    for y in 0..<moved.height {
      let (from, to) = (moved.row(picture, y), gradient.row(picture, abs(y - down)))
      for x in 0..<moved.width {
        for colour in 0..<3 { to[3 * abs(x - right) + colour] += from[3 * x + colour] }
      }
    }
  }
}
