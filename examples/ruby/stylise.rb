#!/usr/bin/env ruby
# A photograph in the style of one or several paintings, with ruby-vips (Debian: ruby-vips).
#
#     stylise.rb photograph.jpg result.jpg painting.jpg [painting.jpg ...]
#
# ruby-vips uses the system's libvips, in whose modules folder the operation is (or below VIPSHOME).

require "vips"

abort "usage: stylise.rb PHOTOGRAPH RESULT PAINTING..." if ARGV.size < 3
photograph, result, *paintings = ARGV

begin
  # Read once from top to bottom, so nothing needs to be decoded ahead.
  content = Vips::Image.new_from_file(photograph, access: :sequential)
  styles = paintings.map { |path| Vips::Image.new_from_file(path, access: :sequential) }

  # The first painting counts twice.
  weights = [2] + [1] * (styles.size - 1)
  content.adain(styles, strength: 0.9, weights: weights).write_to_file(result)
rescue Vips::Error => error
  abort "stylise.rb: #{error.message.strip}"
end
