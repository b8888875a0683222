/** What --help shows below the options. */
export const EXAMPLES = {
  program: `
Examples:
  lowrank encode photo.jpg                      writes photo.lrk beside it
  lowrank decode photo.lrk -o photo.png
  lowrank info photo.lrk
  lowrank truncate photo.lrk -o small.lrk --psnr 32
  lowrank separate clip.gif -o out
  lowrank compare photo.png

Exit codes: 0 done, 1 a file failed, 2 the command was not understood.`,
  encode: `
Examples:
  lowrank encode photo.jpg --quality 60
  lowrank encode photo.png -o photo.lrk --psnr 38
  lowrank encode photo.png --size 120k --rank 32
  lowrank encode photos -r -o out               photos/a/b.png becomes out/a/b.lrk
  lowrank encode 'photos/**/*.tif' -o out --json
  curl -s https://example.org/a.png | lowrank encode - > a.lrk
  lowrank encode frames/*.png -o clip.lrk --fps 30   a sequence; also of an animation or a folder
  lowrank encode photo.png --placeholder        prints a data: URL of some 100 bytes
  lowrank encode photo.png --placeholder 60 -o photo.json

k is 1,000, M is 1,000,000, Ki is 1,024. One of --quality, --psnr, --size, --bpp and --ssimulacra2; --rank goes with any.
A placeholder goes to stdout, or by the extension of -o: .json (src, width, height, placeholder), .txt (the data:
URL) or .lrk (its bytes).`,
  decode: `
Examples:
  lowrank decode photo.lrk                      writes photo.png beside it
  lowrank decode photo.lrk -o preview.jpg --rank 4
  lowrank decode *.lrk -o out --format webp
  lowrank decode - < photo.lrk > photo.png
  lowrank decode clip.lrk -o frames             a sequence: 001.png and so on; or -o clip.gif, clip.webp
  lowrank decode clip.lrk -o still.png --background

PNG, TIFF and WebP hold the decoded pixels exactly (WebP at 8 bits); JPEG and AVIF add a loss of their own.
The bytes, bpp, rank and psnr reported are those of the part of the .lrk file that was decoded. With --rank the psnr is a
lower bound (in --json, with bound: true), as files state it only where a layer ends.`,
  info: `
Examples:
  lowrank info photo.lrk
  lowrank info --json *.lrk
  lowrank info --html photo.lrk                 prints <lowrank-img src="photo.lrk" ...>
  lowrank info --html --placeholder 60 photo.lrk
  curl -s https://example.org/a.lrk | lowrank info -`,
  truncate: `
Examples:
  lowrank truncate photo.lrk -o preview.lrk --rank 8
  lowrank truncate photo.lrk -o photo-32dB.lrk --psnr 32
  lowrank truncate photo.lrk -o - --size 20k | lowrank decode - -o preview.png`,
  verify: `
Examples:
  lowrank verify photo.lrk
  lowrank verify -r photos --json

A file that was cut short is not damaged. Exit code 1 where a file is.
With --tolerant decode gives the layers of a picture, or the frames of a sequence, before the damage.`,
  separate: `
Examples:
  lowrank separate clip.gif -o out              out/page.html plays what was found
  lowrank separate 'frames/*.png' -o out --fps 12
  lowrank separate frames -o out --method online
  lowrank separate clip.webp -o out --rank 2    a background that changes in two ways

Nothing is written unless all of it could be made. The page shows the first 300 frames.`,
  compare: `
Examples:
  lowrank compare photo.png
  lowrank compare photo.png -o report.html      a page with the picture, a decoder and a slider
  lowrank compare photo.png --layouts block,channel --ranks 1,4,16,64 -o figure.svg
  lowrank compare photos -r -o all.csv          each picture, their means and BD-rates

rank     columns of U and V kept a channel; a picture is encoded once and decoded at each rank
bytes    of a file of these columns alone; prefix: of the cut that \`truncate --rank\` makes, which ends on a layer
energy   of these columns, of the sum of all squared singular values
factors  bytes of the quantised factors before the entropy coder
Peers are measured at 7 to 10 settings of sharp (JPEG by mozjpeg 4:2:0, WebP effort 6, AVIF 4:4:4 effort 4) and
interpolated between them; - is beyond these. BD-rate by quality is the codec as it is meant to be used, at five
qualities; by rank, one file cut to lower ranks. SSIMULACRA 2 is measured where calc-s2-rust is installed, its BD-rates
between scores of 50 (fair) and 90 (hard to tell apart).`,
  explore: `
Examples:
  lowrank explore
  lowrank explore photo.jpg
  lowrank explore photo.jpg --no-open           prints the address only`,
} as const;
