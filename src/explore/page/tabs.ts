import { byId } from './dom.js';
import { TABS, type Tab } from './state.js';

/** Shows one of several panels; arrow keys go from tab to tab. */
export function createTabs(onTab: (tab: Tab) => void): (tab: Tab) => void {
  const buttons = TABS.map(tab => document.querySelector<HTMLButtonElement>(`[aria-controls="${tab}"]`)!);
  const show = (tab: Tab): void => {
    TABS.forEach((name, i) => {
      buttons[i]!.setAttribute('aria-selected', String(name === tab));
      buttons[i]!.tabIndex = name === tab ? 0 : -1;
      byId(name).hidden = name !== tab;
    });
  };
  buttons.forEach((button, i) => {
    button.addEventListener('click', () => onTab(TABS[i]!));
    button.addEventListener('keydown', event => {
      const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      const to = (i + by + TABS.length) % TABS.length;
      onTab(TABS[to]!);
      buttons[to]!.focus();
    });
  });
  return show;
}
