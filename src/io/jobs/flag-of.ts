/** The command line's name of an option: 'partSize' -> '--part-size'. */
export const flagOf = (option: string): string =>
  `--${option.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
