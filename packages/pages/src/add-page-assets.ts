import { fileURLToPath } from 'node:url';
import type { IRouter } from 'express';

const styles = fileURLToPath(new URL('../styles/liaison.css', import.meta.url));

/** Adds the stylesheet that every page uses, below `/assets`. */
export function addPageAssets(router: IRouter): void {
  router.get('/assets/liaison.css', (_req, res) => {
    res.set('Cache-Control', 'max-age=300');
    // The project may lie below a folder whose name begins with a dot.
    res.sendFile(styles, { cacheControl: false, dotfiles: 'allow' });
  });
}
