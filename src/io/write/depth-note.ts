/** The note that a format has fewer bits a sample than the 16 of a picture. */
export const depthNote = (format: string): string => `${format} has 8 bits a sample: 16 became 8`;
