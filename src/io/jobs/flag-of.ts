/** An option as the command line has it: 'partSize' -> '--part-size'. */
export const flagOf = (option: string): string =>
  `--${option.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
