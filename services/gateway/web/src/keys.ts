// A key that does something outside of fields and dialogs; what stands nearer to it comes first.
import { useEffect, useRef } from 'preact/hooks';

const TYPED_IN = 'input:not([type=checkbox]), textarea, select, dialog, [contenteditable]';

// What `wants` of a key that is pressed leads to `act`. `isNear`: of one page, before what holds everywhere.
function usePressed(wants: (event: KeyboardEvent) => boolean, act: () => void, isNear: boolean): void {
  const latest = useRef({ wants, act });
  latest.current = { wants, act };
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!latest.current.wants(event)) return;
      event.preventDefault();
      latest.current.act();
    };
    window.addEventListener('keydown', pressed, isNear);
    return () => window.removeEventListener('keydown', pressed, isNear);
  }, [isNear]);
}

export function useKey(key: string, act: () => void, isNear: boolean = false): void {
  const isTyping = (event: KeyboardEvent) => (event.target as HTMLElement | null)?.closest(TYPED_IN);
  const isPlain = (event: KeyboardEvent) => !event.ctrlKey && !event.metaKey && !event.altKey;
  usePressed((e) => areSingleKeysOn() && e.key === key && !e.defaultPrevented && !isTyping(e) && isPlain(e), act, isNear);
}

// A letter with Ctrl (or Cmd): also while one types.
export function useCtrlKey(letter: string, act: () => void): void {
  usePressed((e) => e.key.toLowerCase() === letter && (e.ctrlKey || e.metaKey) && !e.altKey && !e.shiftKey, act, false);
}

// Who dictates presses letters unawares (RGAA 12.10): keys alone can be turned off, for this browser.
const OFF = 'guichet.touches-seules';
export const areSingleKeysOn = (): boolean => localStorage.getItem(OFF) === null;
export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, 'non');
}
