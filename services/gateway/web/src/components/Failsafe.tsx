// Keeps an error in one view from leaving a blank page.
import { Component } from 'preact';
import type { ComponentChildren } from 'preact';

export class Failsafe extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ failed: true });
  }

  override render(): ComponentChildren {
    if (!this.state.failed) return this.props.children;
    return (
      <div class="container py-5">
        <div class="alert alert-danger" role="alert">
          La page a rencontré une erreur. Rechargez-la ; si l’erreur revient, signalez-la à l’exploitant du réseau.
        </div>
      </div>
    );
  }
}
