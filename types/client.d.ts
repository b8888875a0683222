/** What `import hero from './hero.png?lowrank'` gives. TypeScript knows a pattern by its end: with options, write './hero.png?psnr=38&lowrank'. */
declare module '*?lowrank' {
  const picture: import('../dist/vite/imported-picture.js').ImportedPicture;
  export default picture;
}

declare module '*&lowrank' {
  const picture: import('../dist/vite/imported-picture.js').ImportedPicture;
  export default picture;
}
