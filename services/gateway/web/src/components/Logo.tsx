// The mark of Guichet, the same drawing as assets/icon.svg.
import type { JSX } from 'preact';

export function Logo(): JSX.Element {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0f5a66" />
      <path d="M8 25V14a8 8 0 0 1 16 0v11" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" />
      <path d="M6 25h20" stroke="#f2b84b" stroke-width="3" stroke-linecap="round" />
      <circle cx="16" cy="16" r="3" fill="#f2b84b" />
    </svg>
  );
}
