# SPDX-License-Identifier: GPL-3.0-or-later
# Messages.  Source strings are English; vi.po is the language on screen by default.
LINGUAS = vi
MO_FILES = po/vi.mo
EXTRA_DIST += po/vi.po
CLEANFILES += $(MO_FILES) po/vi/LC_MESSAGES/ioc-console.mo

# po/LANG/LC_MESSAGES in the build tree lets the programs run without being installed.  Programs
# that run have the file mapped: it is replaced, never written over.
po/vi.mo: $(srcdir)/po/vi.po
	$(AM_V_GEN)$(MKDIR_P) po/vi/LC_MESSAGES && \
	$(MSGFMT) --check -o $@ $(srcdir)/po/vi.po && \
	cp $@ po/vi/LC_MESSAGES/ioc-console.mo.new && \
	mv po/vi/LC_MESSAGES/ioc-console.mo.new po/vi/LC_MESSAGES/ioc-console.mo

all-local: $(MO_FILES)

install-data-local: $(MO_FILES)
	@for lang in $(LINGUAS); do \
		$(MKDIR_P) "$(DESTDIR)$(localedir)/$$lang/LC_MESSAGES" && \
		$(INSTALL_DATA) po/$$lang.mo "$(DESTDIR)$(localedir)/$$lang/LC_MESSAGES/ioc-console.mo" || exit 1; \
	done

uninstall-local:
	@for lang in $(LINGUAS); do \
		rm -f "$(DESTDIR)$(localedir)/$$lang/LC_MESSAGES/ioc-console.mo"; \
	done

# Collects the marked texts and merges them into po/*.po (run by hand after changing texts).
update-po:
	cd $(srcdir) && $(XGETTEXT) --from-code=UTF-8 -k_ -kN_ -kngettext:1,2 -LC --no-location \
		--sort-output --package-name=ioc-console -o - $$(git ls-files 'src/*.c' 'src/*.h') | \
	$(MSGMERGE) --update --backup=none --no-fuzzy-matching --sort-output po/vi.po -
.PHONY: update-po
