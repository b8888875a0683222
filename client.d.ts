/** What `import hero from './hero.png?lowrank'` gives. TypeScript knows a pattern by its end: with options, write './hero.png?psnr=38&lowrank'. */
declare module '*?lowrank' {
  const picture: import('lowrank/vite').ImportedPicture;
  export default picture;
}

declare module '*&lowrank' {
  const picture: import('lowrank/vite').ImportedPicture;
  export default picture;
}
