// The views of the role. On a phone they stand behind one button: the page comes first.
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useAddress, useDesk } from '../hooks.ts';
import { viewsOf } from '../roles.ts';

const ID = 'menu';

export function Menu({ current }: { current: string }): JSX.Element | null {
  const { session } = useDesk();
  const { path } = useAddress();
  const [isOpen, setOpen] = useState(false);
  const views = [...viewsOf(session.role), { path: 'tout', label: 'Tout faire' }];
  useEffect(() => setOpen(false), [path.join('/')]);
  if (session.mustEnrol) return null;
  return (
    <nav aria-label="Navigation principale" onKeyDown={(e) => e.key === 'Escape' && setOpen(false)}>
      <button type="button" class="btn btn-outline-primary menu-toggle" aria-expanded={isOpen} aria-controls={ID} onClick={() => setOpen(!isOpen)}>
        Menu<span class="visually-hidden"> : {views.find((v) => v.path === current)?.label ?? 'autre page'}</span>
      </button>
      <ul id={ID} class={isOpen ? 'menu menu-open' : 'menu'}>
        {views.map((v) => (
          <li key={v.path}>
            <a href={`#/${v.path}`} aria-current={v.path === current ? 'page' : undefined} aria-keyshortcuts={v.path === 'tout' ? 'Control+K' : undefined}>
              {v.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
