/** The end of a form in a dialog: away from it, or on. */
export function DialogButtons({ does }: { does: string }) {
  return (
    <p class="buttons">
      <button type="button" class="button" data-closes>
        Cancel
      </button>
      <button type="submit" class="button primary">
        {does}
      </button>
    </p>
  );
}
