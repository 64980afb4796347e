from django.conf import settings
import portal.models.my_calendar
import datetime
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.fields
from django.db import migrations, models

from config.migrating import FirstMigration

# The full-text index over SearchEntry: FTS5 kept by triggers, or a generated tsvector with GIN.
SQLITE = [
    "CREATE VIRTUAL TABLE portal_search_fts USING fts5("
    "folded_title, folded_text, tokenize='unicode61', prefix='2 3')",
    "CREATE TRIGGER portal_search_added AFTER INSERT ON portal_searchentry BEGIN "
    "INSERT INTO portal_search_fts (rowid, folded_title, folded_text) "
    "VALUES (new.id, new.folded_title, new.folded_text); END",
    "CREATE TRIGGER portal_search_changed AFTER UPDATE ON portal_searchentry BEGIN "
    "UPDATE portal_search_fts SET folded_title = new.folded_title, folded_text = new.folded_text "
    "WHERE rowid = old.id; END",
    "CREATE TRIGGER portal_search_dropped AFTER DELETE ON portal_searchentry BEGIN "
    "DELETE FROM portal_search_fts WHERE rowid = old.id; END",
]
POSTGRESQL = [
    "ALTER TABLE portal_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS ("
    "setweight(to_tsvector('simple', folded_title), 'A') || "
    "setweight(to_tsvector('simple', folded_text), 'D')) STORED",
    "CREATE INDEX portal_search_vector ON portal_searchentry USING gin (vector)",
]


def full_text_index(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == 'sqlite' else POSTGRESQL:
        schema_editor.execute(statement)


def drop_full_text_index(apps, schema_editor):
    if schema_editor.connection.vendor == 'sqlite':
        schema_editor.execute("DROP TABLE portal_search_fts")


class Migration(FirstMigration):

    dependencies = [
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailadmin', '0006_formstate'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        ('wagtaildocs', '0014_alter_document_file_size'),
        ('wagtailembeds', '0009_embed_cache_until'),
        ('wagtailforms', '0005_alter_formsubmission_form_data'),
        ('wagtailimages', '0027_image_description'),
        ('wagtailredirects', '0008_add_verbose_name_plural'),
        ('wagtailsearch', '0010_add_text_fields'),
        ('wagtailusers', '0015_userprofile_keyboard_shortcuts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ContactPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('summary', models.TextField(blank=True, max_length=400, verbose_name='summary')),
                ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('picture', 5), ('note', 8), ('files', 9)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'Short: readers find their way by headings.', 'icon': 'title', 'label': 'Heading', 'max_length': 120, 'template': 'portal/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'icon': 'pilcrow', 'label': 'Text'}), 2: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 200, 'required': False}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Source', 'max_length': 120, 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('image', 2), ('caption', 3), ('source', 4)]], {}), 6: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('plain', 'Information'), ('warn', 'Attention')], 'label': 'Kind'}), 7: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'rows': 2}), 8: ('wagtail.blocks.StructBlock', [[('kind', 6), ('text', 7)]], {}), 9: ('portal.blocks.FilesBlock', (), {})}, verbose_name='content')),
            ],
            options={
                'verbose_name': 'contact page',
                'verbose_name_plural': 'contact pages',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='DocumentLibraryPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('summary', models.TextField(blank=True, max_length=400, verbose_name='summary')),
            ],
            options={
                'verbose_name': 'document library',
                'verbose_name_plural': 'document libraries',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='FaqPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('summary', models.TextField(blank=True, max_length=400, verbose_name='summary')),
                ('questions', wagtail.fields.StreamField([('question', 2)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'As a resident would ask it.', 'label': 'Question', 'max_length': 200}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'Answer'}), 2: ('wagtail.blocks.StructBlock', [[('question', 0), ('answer', 1)]], {})}, verbose_name='questions')),
            ],
            options={
                'verbose_name': 'questions and answers',
                'verbose_name_plural': 'pages of questions and answers',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('lead', models.TextField(blank=True, help_text='Shown when nothing is open for submission.', verbose_name='lead sentence')),
            ],
            options={
                'verbose_name': 'home page',
                'verbose_name_plural': 'home pages',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('summary', models.TextField(blank=True, max_length=400, verbose_name='summary')),
            ],
            options={
                'verbose_name': 'news list',
                'verbose_name_plural': 'news lists',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PlanPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('summary', models.TextField(blank=True, max_length=400, verbose_name='summary')),
                ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('picture', 5), ('note', 8), ('files', 9)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'Short: readers find their way by headings.', 'icon': 'title', 'label': 'Heading', 'max_length': 120, 'template': 'portal/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'icon': 'pilcrow', 'label': 'Text'}), 2: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 200, 'required': False}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Source', 'max_length': 120, 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('image', 2), ('caption', 3), ('source', 4)]], {}), 6: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('plain', 'Information'), ('warn', 'Attention')], 'label': 'Kind'}), 7: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'rows': 2}), 8: ('wagtail.blocks.StructBlock', [[('kind', 6), ('text', 7)]], {}), 9: ('portal.blocks.FilesBlock', (), {})}, verbose_name='content')),
            ],
            options={
                'verbose_name': 'page of the plan',
                'verbose_name_plural': 'pages of the plan',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='SiteMapPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
            ],
            options={
                'verbose_name': 'map of the site',
                'verbose_name_plural': 'maps of the site',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='StandardPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('summary', models.TextField(blank=True, help_text='One or two sentences: the most important thing.', max_length=400, verbose_name='summary')),
                ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('picture', 5), ('note', 8), ('files', 9)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'Short: readers find their way by headings.', 'icon': 'title', 'label': 'Heading', 'max_length': 120, 'template': 'portal/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'icon': 'pilcrow', 'label': 'Text'}), 2: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 200, 'required': False}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Source', 'max_length': 120, 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('image', 2), ('caption', 3), ('source', 4)]], {}), 6: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('plain', 'Information'), ('warn', 'Attention')], 'label': 'Kind'}), 7: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'rows': 2}), 8: ('wagtail.blocks.StructBlock', [[('kind', 6), ('text', 7)]], {}), 9: ('portal.blocks.FilesBlock', (), {})}, verbose_name='content')),
            ],
            options={
                'verbose_name': 'standard page',
                'verbose_name_plural': 'standard pages',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ArticlePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('section', models.CharField(choices=[('doi-moi-sang-tao', 'Innovation'), ('chuyen-doi-so', 'Digital transformation'), ('sang-kien', 'Initiatives'), ('ky-nang-so', 'Digital skills'), ('thong-bao', 'Notices')], default='doi-moi-sang-tao', max_length=20, verbose_name='section')),
                ('lead', models.TextField(help_text='What happened, where and when, in two sentences.', max_length=400, verbose_name='lead sentence')),
                ('published_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='date')),
                ('author_line', models.CharField(help_text='As it stands above the text: a name or a unit.', max_length=120, verbose_name='author')),
                ('source', models.CharField(help_text='Where it comes from: a document with its number, a unit.', max_length=200, verbose_name='source')),
                ('picture_alt', models.CharField(blank=True, help_text='What is seen, for those who cannot see it. Needed with every picture.', max_length=200, verbose_name='the picture in words')),
                ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('picture', 5), ('note', 8), ('files', 9)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'Short: readers find their way by headings.', 'icon': 'title', 'label': 'Heading', 'max_length': 120, 'template': 'portal/blocks/heading.html'}), 1: ('wagtail.blocks.RichTextBlock', (), {'features': ['h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'icon': 'pilcrow', 'label': 'Text'}), 2: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Picture'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 200, 'required': False}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Source', 'max_length': 120, 'required': False}), 5: ('wagtail.blocks.StructBlock', [[('image', 2), ('caption', 3), ('source', 4)]], {}), 6: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('plain', 'Information'), ('warn', 'Attention')], 'label': 'Kind'}), 7: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'rows': 2}), 8: ('wagtail.blocks.StructBlock', [[('kind', 6), ('text', 7)]], {}), 9: ('portal.blocks.FilesBlock', (), {})}, verbose_name='content')),
                ('picture', models.ForeignKey(blank=True, help_text='Set the focal point in the picture itself: it stays in sight when the picture is cut.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailimages.image', verbose_name='picture')),
            ],
            options={
                'verbose_name': 'article',
                'verbose_name_plural': 'articles',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='LibraryEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('doc_number', models.CharField(help_text='For example 178/KH-UBND.', max_length=60, verbose_name='number and code')),
                ('doc_subject', models.CharField(max_length=300, verbose_name='subject line')),
                ('issued_on', models.DateField(default=datetime.date.today, verbose_name='date of issue')),
                ('issuer', models.CharField(max_length=160, verbose_name='issuer')),
                ('kind', models.CharField(choices=[('plan', 'Plan'), ('decision', 'Decision'), ('notice', 'Notice'), ('guide', 'Guide'), ('form', 'Form'), ('other', 'Other')], default='plan', max_length=10, verbose_name='kind')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtaildocs.document', verbose_name='file')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='portal.documentlibrarypage')),
                ('page_shown', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.page', verbose_name='page with its text')),
            ],
            options={
                'verbose_name': 'library entry',
                'verbose_name_plural': 'library entries',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ContentStamp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('raised_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('object_id', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=300)),
                ('text', models.TextField(blank=True)),
                ('detail', models.CharField(blank=True, max_length=300)),
                ('url', models.CharField(max_length=500)),
                ('day', models.DateField(null=True)),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('exact', models.TextField(blank=True)),
                ('folded_title', models.TextField(blank=True)),
                ('folded_text', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'year'], name='portal_search_facets')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='portal_search_key')],
            },
        ),
        migrations.CreateModel(
            name='PlannedOutage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField(verbose_name='begins')),
                ('ends_at', models.DateTimeField(verbose_name='works again from')),
                ('affected', models.CharField(help_text='As readers will see it, for example: signing in and sending dossiers.', max_length=200, verbose_name='what does not work')),
                ('announced_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='announced from')),
                ('urgency', models.TextField(blank=True, help_text='Needed when fewer than 7 working days are left. Readers do not see it.', max_length=500, verbose_name='reason for the hurry')),
            ],
            options={
                'verbose_name': 'planned outage',
                'verbose_name_plural': 'planned outages',
                'ordering': ['-starts_at'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='portal_outage_times')],
            },
        ),
        migrations.CreateModel(
            name='RatedPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=500, unique=True)),
                ('title', models.CharField(max_length=255)),
            ],
            options={
                'verbose_name': 'rated page',
                'verbose_name_plural': 'rated pages',
            },
        ),
        migrations.CreateModel(
            name='PageRating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(db_index=True)),
                ('answer', models.CharField(choices=[('yes', 'Yes'), ('partly', 'Partly'), ('no', 'No')], max_length=6)),
                ('count', models.PositiveIntegerField(default=0)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='portal.ratedpage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('page', 'day', 'answer'), name='portal_rating_key')],
            },
        ),
        migrations.RunPython(full_text_index, drop_full_text_index),
        migrations.CreateModel(
            name='CalendarAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=portal.models.my_calendar.new_token, max_length=40, unique=True)),
                ('made_at', models.DateTimeField()),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_address', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'calendar address',
            },
        ),
        migrations.CreateModel(
            name='CalendarEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.CharField(max_length=64)),
                ('due_on', models.DateField()),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('touched_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'calendar entry',
                'constraints': [models.UniqueConstraint(fields=('user', 'uid'), name='portal_calendar_entry_once')],
            },
        ),
    ]
