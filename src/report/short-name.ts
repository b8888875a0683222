/** The name of a file without the folders before it. */
export const shortName = (path: string): string => path.replace(/^.*[/\\](?=[^/\\])/, '');
