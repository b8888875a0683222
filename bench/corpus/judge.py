"""Holds decoded pictures against what Pillow, and where that cannot read or differs ImageMagick, sees in their originals.

stdin: a JSON list of [original, decoded PNG or folder of frames, root mean square of the error that is allowed, in levels of 255].
stdout: a JSON object a line: {"who": the reader or null, "why": '' or how it differs}.
Colours are looked at over white, upright, as the file has them: no profile is applied."""
import json
import os
import subprocess
import sys
import warnings

import numpy
from PIL import Image, ImageOps

warnings.simplefilter('ignore')
Image.MAX_IMAGE_PIXELS = None
PLAIN = ('1', 'L', 'LA', 'P', 'PA', 'RGB', 'RGBA')
DEEP = ('I', 'I;16', 'I;16B', 'I;16L')


def of(image, depth=255):
    """RGB over white, 0 to 255."""
    if image.mode in DEEP:
        grey = numpy.asarray(image).astype(float) / 257
        return numpy.stack([grey] * 3, -1)
    pixels = numpy.asarray(image.convert('RGBA')).astype(float)
    alpha = pixels[..., 3:] / 255
    return pixels[..., :3] * alpha + 255 * (1 - alpha)


def frame(image, index):
    image.seek(index)
    if image.mode not in PLAIN + DEEP:
        raise ValueError(image.mode)
    return of(ImageOps.exif_transpose(image))


def by_magick(path):
    """The first picture as ImageMagick has it."""
    args = ['/usr/bin/convert', path + '[0]', '-auto-orient', '-background', 'white', '-alpha', 'remove']
    run = subprocess.run(args + ['-depth', '8', '-strip', 'ppm:-'], capture_output=True, timeout=60)
    import io

    return of(Image.open(io.BytesIO(run.stdout)))


def apart(theirs, ours, allowed):
    if theirs.shape != ours.shape:
        return f'{theirs.shape[1]} x {theirs.shape[0]} pixels there, {ours.shape[1]} x {ours.shape[0]} here'
    rms = float(numpy.sqrt(((theirs - ours) ** 2).mean()))
    return '' if rms <= allowed else f'off by {rms:.1f} levels, where {allowed:.1f} are allowed'


def judged(original, decoded, allowed):
    frames = sorted(os.path.join(decoded, name) for name in os.listdir(decoded)) if os.path.isdir(decoded) else None
    first = of(Image.open(frames[0] if frames else decoded))
    why = None
    try:
        image = Image.open(original)
        if not frames:
            why = apart(frame(image, 0), first, allowed)
        else:
            # a picture for those who know no animations is none of its frames
            first_frame = 1 if getattr(image, 'default_image', False) else 0
            whys = [apart(frame(image, first_frame + i), of(Image.open(path)), allowed) for i, path in enumerate(frames)]
            why = next((f'frame {i + 1}: {text}' for i, text in enumerate(whys) if text), '')
        if why == '':
            return {'who': 'Pillow', 'why': ''}
    except Exception:
        pass
    try:
        other = apart(by_magick(original), first, allowed)
        if other == '':
            return {'who': 'ImageMagick', 'why': ''}
    except Exception:
        other = None
    texts = [f'{who}: {text}' for who, text in (('Pillow', why), ('ImageMagick', other)) if text]
    return {'who': texts[0].split(':')[0] if texts else None, 'why': '; '.join(texts)}


for row in json.load(sys.stdin):
    print(json.dumps(judged(*row)))
