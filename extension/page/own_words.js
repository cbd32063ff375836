/** Finds what the volunteer wrote themselves, marked as theirs or theirs to change, and learns under which name. */
(globalThis.cyberSpotterPage ??= {}).learnFromOwnWords = (page, { ME }, cover) => {
  const { all, everywhere, tidy, tokens, isLate, own, learn, CONTRIBUTION } = page;
  const { FULL, HANDLE, WORD, EMAIL, LABEL, NOBODY } = page;
  const MINE = new RegExp(
    String.raw`(?:^|[^a-z])(?:is-?|by-?|from-?)?(?:own|mine|self|me|outgoing|sent|right-side|` +
      String.raw`current-?user|logged-?in-?user|yours)` +
      String.raw`(?:-(?:comment|review|bid|message|post|question|answer|reply|rating|feedback|` +
      String.raw`bubble|item|row|entry))?(?:[^a-z]|$)|` +
      String.raw`(?:^|[^a-z])(?:my|your)-(?:comment|review|bid|message|post|question|answer|` +
      String.raw`reply|rating|feedback|bubble|offer)(?:[^a-z]|$)`,
  );
  const YOURS = new RegExp(
    String.raw`^(?:(?:edit|delete|manage) )?(?:your|my) (?:own )?(?:review|comment|question|` +
      String.raw`answer|message|bid|offer|rating|feedback|reply|post)(?![a-z])|` +
      String.raw`^you (?:have )?(?:reviewed|rated|commented|asked|answered|bid|wrote|posted|bought|replied)(?![a-z])|` +
      String.raw`^(?:deine?|ihre?|meine?) (?:bewertung|frage|antwort|nachricht|kommentar|gebot|rezension)|` +
      String.raw`^(?:votre|mon|ma) (?:avis|commentaire|question|réponse|message|enchère|évaluation)|` +
      String.raw`^(?:tu|mi|su) (?:reseña|opinión|comentario|pregunta|respuesta|mensaje|puja|oferta|valoración)|` +
      String.raw`^(?:seu|sua|meu|minha) (?:avaliação|comentário|pergunta|resposta|mensagem|lance|oferta)|` +
      String.raw`^(?:la tua|il tuo) (?:recensione|commento|domanda|risposta|messaggio|offerta)|` +
      String.raw`^(?:jouw|uw|je) (?:beoordeling|reactie|vraag|bod|bericht)|` +
      String.raw`^(?:ваш[^\s]*|мо[яйё]) (?:отзыв|комментарий|вопрос|ответ|ставка|сообщение)|` +
      String.raw`^(?:我的|您的|你的)(?:评论|評論|评价|評價|提问|留言|出价|出價)|` +
      String.raw`^(?:あなたの|自分の)(?:レビュー|コメント|質問|入札)|^(?:내|나의) (?:리뷰|댓글|질문|입찰)|^(?:تعليقك|تقييمك|سؤالك|مزايدتك|رسالتك)`,
    'i',
  );
  const CHANGE = new RegExp(
    String.raw`^(?:edit|delete|remove|retract|withdraw)(?: (?:my |your |this )?(?:review|` +
      String.raw`comment|question|answer|message|bid|post|reply|rating))?$|` +
      String.raw`^(?:bearbeiten|löschen|modifier|supprimer|éditer|editar|eliminar|borrar|` +
      String.raw`excluir|apagar|modifica|elimina|bewerken|verwijderen|` +
      String.raw`edytuj|usuń|редактировать|изменить|удалить|编辑|刪除|删除|編輯|編集|削除|수정|삭제|تعديل|` +
      String.raw`حذف|düzenle|sil|ubah|hapus|sửa|xóa)$`,
    'i',
  );
  const AUTHOR =
    '[itemprop="author"],[rel~="author"],[class*="author" i],[class*="user" i],[class*="name" i],[class*="nick" i]' +
    ',[class*="handle" i],' +
    '[class*="who" i],[class*="bidder" i],[class*="sender" i],a[href*="/u/" i],a[href*="/user" i],' +
    'a[href*="/member" i]' +
    ',a[href*="/profile" i],' +
    'a[href*="/people" i],a[href*="/@"],cite,b,strong,dt,h3,h4,h5,h6,td,th';
  const blockOf = (element) => {
    for (let up = element, step = 0; up && step < 6; up = up.parentElement, step += 1) {
      if (/^(?:main|body|html|header|nav|form)$/.test(up.localName) || up.querySelector?.('h1')) return null;
      if (up.matches('li,article,tr,dd,blockquote,section') || CONTRIBUTION.test(tokens(up))) return up;
    }
    return null;
  };
  const learnAuthor = (block) => {
    for (const element of [block, ...all(AUTHOR, block)].slice(0, 40)) {
      for (const text of [
        element === block ? '' : tidy(element.textContent),
        tidy(
          element.getAttribute('data-author') ??
            element.getAttribute('data-user') ??
            element.getAttribute('data-username'),
        ),
      ]) {
        const name = text
          .replace(/^(?:by|von|par|por|di|door|от)[: ]+/i, '')
          .replace(new RegExp(`\\s?[(（](?:${ME})[)）].*$`, 'iu'), '')
          .replace(/[:,]$/, '');
        if (
          !name ||
          name.length > 40 ||
          LABEL.test(name) ||
          CHANGE.test(name) ||
          YOURS.test(name) ||
          NOBODY.test(name)
        ) {
          continue;
        }
        if (FULL.test(name) || HANDLE.test(name) || (element !== block && WORD.test(name)) || EMAIL.test(name)) {
          learn(name);
          return;
        }
      }
    }
  };
  const claim = (block) => {
    if (!block || own.has(block)) return;
    learnAuthor(block);
    cover(block);
  };
  for (const element of everywhere(
    '[class],[id],[data-own],[data-mine],[data-is-own],[data-is-mine],[data-is-author],[data-testid]',
  )) {
    const marked = ['data-own', 'data-mine', 'data-is-own', 'data-is-mine', 'data-is-author'].some((name) =>
      /^(?:true|1|yes|)$/i.test(element.getAttribute(name) ?? 'no'),
    );
    if (!marked && !MINE.test(tokens(element))) continue;
    const contribution =
      CONTRIBUTION.test(tokens(element)) ||
      CONTRIBUTION.test(tokens(element.parentElement ?? element)) ||
      CONTRIBUTION.test(tokens(element.parentElement?.parentElement ?? element));
    if (marked || contribution) {
      claim(element.matches('li,article,tr,div,section,p,dd,blockquote') ? element : blockOf(element));
    }
  }
  for (const element of everywhere(
    'a,button,[role="button"],[aria-label],[title],div,h2,h3,h4,h5,strong,b,span,p,label,legend,summary,td,th,dt',
  ).slice(0, 20_000)) {
    if (isLate()) break;
    const labels = [
      element.children.length > (element.localName === 'div' ? 0 : 3) ? '' : tidy(element.textContent).slice(0, 80),
      tidy(element.getAttribute('aria-label')),
      tidy(element.getAttribute('title')),
    ];
    const change = element.matches('a,button,[role="button"]') && labels.some((label) => CHANGE.test(label));
    if (!change && !labels.some((label) => label.length < 60 && YOURS.test(label))) continue;
    const block = blockOf(element);
    if (
      change
        ? block &&
          (CONTRIBUTION.test(tokens(block)) ||
            block.closest(
              '[class*="comment" i],[class*="review" i],[class*="question" i],[class*="answer" i],[class*="bid" i]' +
                ',[id*="review" i],[id*="comment" i]',
            ))
        : block
    ) {
      claim(block);
    }
  }
};
