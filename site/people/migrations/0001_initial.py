import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import people.models
import trust.storage
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('is_sample', models.BooleanField(default=False, verbose_name='sample account')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='must choose a new password')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'user',
                'verbose_name_plural': 'users',
                'abstract': False,
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=30, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('kind', models.CharField(blank=True, max_length=80, verbose_name='kind')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.unit', verbose_name='parent unit')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
            ],
            options={
                'verbose_name': 'unit',
                'ordering': ['order', 'code'],
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
            ],
            options={
                'verbose_name': 'position',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Staff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('staff_code', models.CharField(max_length=30, unique=True, verbose_name='staff code')),
                ('full_name', models.CharField(max_length=120, verbose_name='full name')),
                ('name_key', models.CharField(db_index=True, editable=False, max_length=120)),
                ('search_key', models.CharField(editable=False, max_length=120)),
                ('order_key', models.CharField(db_index=True, editable=False, max_length=400)),
                ('birth_date', models.DateField(blank=True, null=True, verbose_name='date of birth')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('qualification', models.CharField(blank=True, max_length=120, verbose_name='professional qualification')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='staff', to=settings.AUTH_USER_MODEL)),
                ('is_sample', models.BooleanField(default=False)),
            ],
            options={
                'verbose_name': 'staff member',
                'verbose_name_plural': 'staff',
                'ordering': ['staff_code'],
            },
        ),
        migrations.CreateModel(
            name='ServiceSpell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_on', models.DateField(verbose_name='from')),
                ('end_before', models.DateField(blank=True, null=True, verbose_name='until before')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spells', to='people.staff')),
                ('category', models.CharField(choices=[('CB', 'cadre'), ('CC', 'civil servant'), ('VC', 'public employee'), ('HDLD', 'contract worker'), ('KCT', 'part-time worker'), ('NC', 'core member')], max_length=4, verbose_name='category')),
            ],
            options={
                'verbose_name': 'time of service',
                'indexes': [models.Index(fields=['staff', 'start_on', 'end_before'], name='people_spell_dates_idx')],
                'constraints': [models.UniqueConstraint(fields=('staff', 'category', 'start_on'), name='people_spell_key'), models.CheckConstraint(condition=models.Q(('end_before__isnull', True), ('end_before__gt', models.F('start_on')), _connector='OR'), name='people_spell_dates')],
            },
        ),
        migrations.CreateModel(
            name='UnitAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_on', models.DateField(verbose_name='from')),
                ('end_before', models.DateField(blank=True, null=True, verbose_name='until before')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='people.staff')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='people.unit')),
                ('position', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='people.position')),
                ('is_primary', models.BooleanField(default=True, verbose_name='primary')),
            ],
            options={
                'verbose_name': 'assignment',
                'indexes': [models.Index(condition=models.Q(('is_primary', True)), fields=['staff', 'start_on', 'end_before'], name='people_primary_dates_idx')],
                'constraints': [models.UniqueConstraint(fields=('staff', 'unit', 'start_on'), name='people_assignment_key'), models.CheckConstraint(condition=models.Q(('end_before__isnull', True), ('end_before__gt', models.F('start_on')), _connector='OR'), name='people_assignment_dates')],
            },
        ),
        migrations.CreateModel(
            name='Leave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start_on', models.DateField(verbose_name='from')),
                ('end_before', models.DateField(blank=True, null=True, verbose_name='until before')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to='people.staff')),
                ('kind', models.CharField(blank=True, max_length=120, verbose_name='kind of leave')),
                ('decision_number', models.CharField(blank=True, max_length=60, verbose_name='decision number')),
                ('is_approved', models.BooleanField(default=True, verbose_name='approved')),
            ],
            options={
                'verbose_name': 'leave',
                'constraints': [models.UniqueConstraint(fields=('staff', 'start_on'), name='people_leave_key'), models.CheckConstraint(condition=models.Q(('end_before__isnull', True), ('end_before__gt', models.F('start_on')), _connector='OR'), name='people_leave_dates')],
            },
        ),
        migrations.CreateModel(
            name='RoleChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('actor_name', models.CharField(max_length=200, verbose_name='by')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person_name', models.CharField(max_length=200, verbose_name='person')),
                ('person_username', models.CharField(max_length=150, verbose_name='account')),
                ('person_staff_code', models.CharField(blank=True, max_length=30, verbose_name='staff code')),
                ('role', models.CharField(max_length=40, verbose_name='role')),
                ('change', models.CharField(choices=[('granted', 'given'), ('revoked', 'taken back')], max_length=8, verbose_name='change')),
            ],
            options={
                'verbose_name': 'role change',
                'ordering': ['-at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AccountChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('actor_name', models.CharField(max_length=200, verbose_name='by')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person_name', models.CharField(max_length=200, verbose_name='person')),
                ('person_username', models.CharField(max_length=150, verbose_name='account')),
                ('person_staff_code', models.CharField(blank=True, max_length=30, verbose_name='staff code')),
                ('change', models.CharField(choices=[('created', 'made'), ('disabled', 'closed'), ('enabled', 'opened again'), ('new_password', 'new one-time password')], max_length=12, verbose_name='change')),
            ],
            options={
                'verbose_name': 'account change',
                'ordering': ['-at', '-pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RosterUpload',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('file_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('file', models.FileField(storage=trust.storage.private_storage, upload_to=people.models.roster_upload_path)),
                ('state', models.CharField(choices=[('preview', 'in preview'), ('done', 'written'), ('dropped', 'dropped')], default='preview', max_length=8)),
                ('closed_at', models.DateTimeField(null=True)),
                ('created', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('unchanged', models.PositiveIntegerField(default=0)),
                ('skipped', models.PositiveIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'roster upload',
                'ordering': ['-at'],
            },
        ),
        migrations.CreateModel(
            name='Commendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('kind', models.CharField(choices=[('title', 'title of emulation'), ('commendation', 'commendation')], max_length=12, verbose_name='kind')),
                ('title', models.CharField(max_length=200, verbose_name='title or form')),
                ('decision_number', models.CharField(max_length=60, verbose_name='decision number')),
                ('decided_on', models.DateField(verbose_name='decision date')),
                ('issued_by', models.CharField(max_length=200, verbose_name='issued by')),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='commendations', to='people.staff')),
            ],
            options={
                'verbose_name': 'commendation',
                'ordering': ['decided_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CommendationChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('change', models.CharField(choices=[('entered', 'entered'), ('withdrawn', 'withdrawn')], max_length=10)),
                ('at', models.DateTimeField()),
                ('actor_name', models.CharField(max_length=200)),
                ('reason', models.TextField(blank=True)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commendation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='people.commendation')),
            ],
            options={
                'verbose_name': 'change of a commendation',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='commendation',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('staff', 'title', 'decision_number'), name='people_commended_once'),
        ),
    ]
